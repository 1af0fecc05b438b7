def project = new File(basedir, 'my colours')
assert project.mkdir()
dev.octet.maven.Tutorial.run(new File(page), project, localRepositoryPath, new File(downloaded))

def built = new File(project, 'target/classes/META-INF/octet/com.acme.Colours')
['plan', 'weights.bin', 'calibration'].each { assert new File(built, it).length() > 0: it }
assert new File(project, 'target/colours-1.0.jar').isFile()
def result = new groovy.json.JsonSlurper().parse(new File(project, 'target/octet-evaluation/evaluation.json'))
assert result.network == 'com.acme.Colours'
assert result.images == 120
assert result.int8.top1 == 1 && result.int8.agreement == 1
return true
