def log = new File(basedir, 'build.log').readLines()
def source = new File(basedir, 'src/main/java/org/example/Wrong.java').readLines()
int line = source.findIndexOf { it.contains('x.add(y)') } + 1

// Maven repeats a compiler's errors in its summary, after the heading COMPILATION ERROR; javac's own are before that.
def errors = log.findAll { it =~ /^\[ERROR\] .*\.java:\[\d+,\d+\]/ }.unique()
assert errors.size() == 1: errors.join('\n')
assert errors[0].contains("Wrong.java:[${line},"): errors[0]
assert errors[0].contains('[OCTET-'): errors[0]
assert log.any { it.contains('1 error') }
return true
