def log = new File(basedir, 'build.log').text

assert log.contains('devices: cpu, []')
assert log.contains('devices: cpu, [No cuda: the CUDA device runs on linux-x86_64 only, this is linux-aarch64.]')
assert !log.contains('jcuda-natives')
assert !log.contains('The POM for org.jcuda')
assert new File(basedir, 'target/classes/META-INF/octet/org.example.Mean/plan').isFile()
return true
