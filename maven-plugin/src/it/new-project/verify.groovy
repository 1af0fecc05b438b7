def log = new File(basedir, 'build.log').text
def classes = new File(basedir, 'target/classes/META-INF/octet/com.acme.MyVision')

assert log.contains('written: src/main/java/com/acme/MyVision.java')
assert log.contains('Tests run: 2, Failures: 0, Errors: 0, Skipped: 0')
['plan', 'weights.bin'].each { assert new File(classes, it).length() > 0: it }
assert new File(basedir, 'target/my-vision-1.0-SNAPSHOT.jar').isFile()
['calibrate', 'export', 'help', 'import', 'init', 'ptx', 'weights'].each { assert log.contains("octet:${it}\n"): it }
assert log.contains('[OCTET-INIT-002]')
assert log.contains('exists, and nothing was written')
return true
