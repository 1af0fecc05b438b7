def builds = new File(basedir, 'build.log').text.split(/Scanning for projects/)
assert builds.size() == 5: builds.size()

['Shapes', 'Colours'].each { assert builds[1].contains("${it}: 1 layers"): "${it} is traced, at the same time" }

// Weights alone: nothing is compiled, and weights.bin is new.
assert !builds[2].contains('1 layers')
assert builds[2].contains('org.example.Shapes/weights.bin: written')

// A helper: the definition is traced again, and its plan differs from that in the jar.
assert builds[3].contains('Shapes: 1 layers')
assert builds[3].contains('network org.example.Shapes')
assert builds[3] =~ /~ conv\.relu: .*pad 1,1,1,1 -> 0,0,0,0/
assert builds[3] =~ /~ layer conv: integers \w+ -> \w+/
assert builds[3].contains('1 of 1 networks and')
assert builds[3].contains('[OCTET-BUILD-017]')

// A helper that is compiled without the definition: the old plan does not pass for the new one.
assert !builds[4].contains('1 layers')
assert builds[4].contains('[OCTET-BUILD-018]')
assert builds[4].contains('org/example/Padding.java')
return true
