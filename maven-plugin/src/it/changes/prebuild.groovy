import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.charset.StandardCharsets

// The same weights for both networks, and others to change to.
def write = { String path, int seed ->
    byte[] json = '{"conv.weight":{"dtype":"F32","shape":[4,1,3,3],"data_offsets":[0,144]}}'.getBytes(StandardCharsets.UTF_8)
    def out = ByteBuffer.allocate(8 + json.length + 144).order(ByteOrder.LITTLE_ENDIAN)
    out.putLong(json.length).put(json)
    def random = new Random(seed)
    36.times { out.putFloat((random.nextFloat() - 0.5f) as float) }
    def file = new File(basedir, path)
    file.parentFile.mkdirs()
    file.bytes = out.array()
}
write('shapes/src/main/octet/net.safetensors', 1)
write('colours/src/main/octet/net.safetensors', 1)
write('other.safetensors', 2)
return true
