def builds = new File(basedir, 'build.log').text.split(/Scanning for projects/)
assert builds.size() == 7: builds.size()

assert builds[1].contains('-> src/main/java/org/example/Colours.java')
assert builds[2].contains('30 of 60 images -> src/main/octet/org.example.Colours.calibration')
assert builds[2].contains('Colours: ')

assert new File(basedir, 'network/target/classes/META-INF/octet/org.example.Colours/plan').text =~ /input image .* resize 40\n/

// The module app predicts with what the module network has packaged.
def prediction = { (builds[it] =~ /red\.png shows (\w+), scores (.*)/)[0] }
assert prediction(3)[1] == 'red'

// The thresholds see that the classes are wrong; INT8 agrees with FP32 all the same.
assert builds[4].contains('[OCTET-BUILD-052] INT8 of org.example.Colours on ')
assert builds[4].contains('top-1 is 0.00 %, less than 50.0 %')
assert !builds[4].contains('agree with FP32, less')
assert new File(basedir, 'network/target/octet-evaluation/evaluation.json').text.contains('"images": 12')

// Other weights: the same definition, so that nothing is compiled, and other scores.
assert !builds[5].contains('Colours: ')
assert builds[5].contains('[INFO] 60 images -> src/main/octet/org.example.Colours.calibration')
assert !builds[6].contains('Colours: ')
assert builds[6].contains('org.example.Colours/weights.bin: written')
assert prediction(6)[1] == 'red'
assert prediction(6)[2] != prediction(3)[2]
return true
