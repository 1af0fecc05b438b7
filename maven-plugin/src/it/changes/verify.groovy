def log = new File(basedir, 'build.log').text
// Each call of Maven ends with this line.
def builds = log.split(/Finished at/)
assert builds.size() >= 6: builds.size()

['Shapes', 'Colours'].each { assert builds[0].contains("${it}: 1 layers"): 'both are traced, at once' }

// Weights alone: nothing is compiled, one weights.bin is new.
assert !builds[1].contains('1 layers')
assert builds[1].contains('org.example.Shapes/weights.bin: written')
assert builds[1].contains('org.example.Colours/weights.bin: up to date')

// A helper: the definition is traced again, and its plan differs.
assert builds[3].contains('Shapes: 1 layers')
assert builds[3].contains('network org.example.Shapes')
assert builds[3] =~ /~ conv\.relu: .*pad 1,1,1,1 -> 0,0,0,0/
assert builds[3].contains('1 of 1 networks and')

// A helper that is compiled without the definition: the old plan is not taken for the new one.
assert !builds[4].contains('1 layers')
assert builds[4].contains('[OCTET-BUILD-018]')
assert builds[4].contains('org/example/Padding.java')
return true
