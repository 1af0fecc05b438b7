import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.charset.StandardCharsets

// Weights of the two networks, the same on every run: small random numbers, positive variances.
def write = { File file, Map<String, List<Integer>> tensors ->
    def random = new Random(file.name.hashCode())
    def header = new StringBuilder()
    int offset = 0
    tensors.each { name, shape ->
        int bytes = 4 * (shape.inject(1) { a, b -> a * b } as int)
        header << (header.length() == 0 ? '{' : ',')
        header << "\"${name}\":{\"dtype\":\"F32\",\"shape\":${shape},\"data_offsets\":[${offset},${offset + bytes}]}"
        offset += bytes
    }
    byte[] json = (header.toString() + '}').getBytes(StandardCharsets.UTF_8)
    def out = ByteBuffer.allocate(8 + json.length + offset).order(ByteOrder.LITTLE_ENDIAN)
    out.putLong(json.length).put(json)
    tensors.each { name, shape ->
        int count = shape.inject(1) { a, b -> a * b }
        count.times {
            float value = (random.nextFloat() - 0.5f) * 0.5f
            out.putFloat((name.endsWith('running_var') ? 1 + value : value) as float)
        }
    }
    file.parentFile.mkdirs()
    file.bytes = out.array()
}
def norm = { String name, int channels ->
    ['weight', 'bias', 'running_mean', 'running_var'].collectEntries { ["${name}.${it}".toString(), [channels]] }
}

def folder = new File(basedir, 'src/main/octet')
write(new File(folder, 'colours.safetensors'),
    ['stem.conv.weight': [8, 3, 3, 3]] + norm('stem.norm', 8) + ['fc.weight': [5, 160], 'fc.bias': [5]])
write(new File(folder, 'grey/shapes.safetensors'),
    ['first.conv.weight': [20, 1, 3, 3]] + norm('first.norm', 20)
        + ['second.conv.weight': [20, 20, 3, 3]] + norm('second.norm', 20)
        + ['fc.weight': [3, 20], 'fc.bias': [3]])
byte[] noise = new byte[40 * 64]
new Random(3).nextBytes(noise)
new File(basedir, 'shapes.u8').bytes = noise
return true
