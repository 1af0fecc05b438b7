import java.nio.file.Files

// A local repository with this build's artifacts, as an installation leaves it; all else the first build has to find.
def repository = new File(basedir, 'repository')
def installed = new File(localRepositoryPath, 'dev/octet').toPath()
Files.walk(installed).withCloseable { paths ->
    paths.forEach { path ->
        def copy = repository.toPath().resolve('dev/octet').resolve(installed.relativize(path).toString())
        if (Files.isDirectory(path)) Files.createDirectories(copy) else Files.copy(path, copy)
    }
}
def settings = new File(basedir, 'settings.xml')
settings.text = new File(page, '../../maven-plugin/src/it/settings.xml').canonicalFile.text
        .replace('@localRepositoryUrl@', new File(downloaded).toURI().toString())

def maven = { List<String> words ->
    def command = [new File(System.getProperty('maven.home'), 'bin/mvn').path, '-B', '-ntp', '-s', settings.path,
        '-Dmaven.repo.local=' + repository, *words]
    def builder = new ProcessBuilder(command as String[]).directory(basedir).redirectErrorStream(true)
    builder.environment().put('JAVA_HOME', System.getProperty('java.home'))
    def process = builder.start()
    process.outputStream.close()
    def printed = process.inputStream.text
    assert process.waitFor() == 0: printed
    printed
}
def files = {
    def found = new TreeMap<String, String>()
    repository.eachFileRecurse(groovy.io.FileType.FILES) { found[it.path] = it.length() + ' ' + it.lastModified() }
    found
}

maven(['package', '-Doctet.cubins=none'])
def before = files()
assert before.keySet().any { it.contains('maven-jar-plugin') }

// Everything again, and goals that the first build has not run: nothing is fetched, and nothing in the repository is touched.
assert new File(basedir, 'target').deleteDir()
def printed = maven(['-o', 'package', 'octet:calibrate', 'octet:help', '-Doctet.images=pictures.u8', '-Doctet.cubins=none'])
assert new File(basedir, 'target/offline-1.0.jar').isFile()
assert printed.contains('[INFO] 10 images -> src/main/octet/org.example.Mean.calibration')
assert files() == before
return true
