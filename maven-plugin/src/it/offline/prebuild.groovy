// Weights of a network that has none: a safetensors file with an empty header.
def weights = new File(basedir, 'src/main/octet/none.safetensors')
weights.parentFile.mkdirs()
weights.bytes = [2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d] as byte[]
def random = new Random(5)
new File(basedir, 'pictures.u8').bytes = (0..<10 * 8 * 8 * 3).collect { random.nextInt() as byte } as byte[]
return true
