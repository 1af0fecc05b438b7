def log = new File(basedir, 'build.log').text
def folder = new File(basedir, 'target/classes/META-INF/octet')

['org.example.vision.Colours', 'org.example.vision.Shapes'].each { network ->
    ['plan', 'weights.bin'].each { assert new File(folder, "${network}/${it}").length() > 0: "${network}/${it}" }
    assert log.contains("${network} has no calibration table")
    assert log.contains("${network} ran on cpu")
    assert log.contains("${network}/weights.bin: written")
    assert log.contains("${network}/weights.bin: up to date")
}

def sources = new File(folder, 'kernels/sm_61').listFiles().findAll { it.name.endsWith('.cu') }
assert sources.size() >= 5
boolean nvcc = System.getenv('PATH').split(File.pathSeparator).any { new File(it, 'nvcc').canExecute() }
sources.each {
    def ptx = new File(it.parentFile, it.name.replace('.cu', '.ptx'))
    assert ptx.exists() == nvcc: ptx
    assert !nvcc || ptx.text.contains('.target sm_61')
    def cubin = new File(it.parentFile, it.name.replace('.cu', '.sm_90.cubin'))
    assert cubin.exists() == nvcc: cubin
}
assert new File(basedir, 'target/vision-1.0.jar').isFile()

def table = new File(basedir, 'src/main/octet/org.example.vision.Shapes.calibration')
assert table.text.contains('algorithm TRT-8601-EntropyCalibration2\nexamples 0\n')
def histograms = new File(basedir, 'src/main/octet/org.example.vision.Shapes.histograms')
assert histograms.text.contains('examples 40\nalgorithms percentile-99.9 entropy ')
assert new File(basedir, 'again.cache').text == new File(basedir, 'shapes.cache').text
assert new File(basedir, 'again.cache').text.startsWith('TRT-8601-EntropyCalibration2\n')
assert new File(folder, 'org.example.vision.Shapes/calibration').text == table.text
assert !new File(folder, 'org.example.vision.Colours/calibration').exists()

def report = new File(basedir, 'target/octet-reports/org.example.vision.Shapes.html')
assert report.text.contains('percentile-99.9 over 40 examples')
assert report.text.contains('Shapes.java:')
assert new File(basedir, 'target/octet-reports/org.example.vision.Colours.html').text.contains('There is no calibration table')
def tuned = log.substring(log.lastIndexOf('Scanning for projects'))
assert tuned.contains("[OCTET-TUNE-003] Kernels of org.example.vision.Shapes cannot be timed on device 'cpu'")
assert tuned.contains(' No cuda: ')
assert tuned.readLines().findAll { it.contains('[ERROR]') && it.contains('OCTET-') }.size() == 1
assert !tuned.contains('[WARNING] Networks opened on')
assert !new File(basedir, 'src/main/octet').list().any { it.endsWith('.tuning') }
return true
