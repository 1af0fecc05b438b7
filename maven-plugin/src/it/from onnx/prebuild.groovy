import java.awt.image.BufferedImage
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream
import javax.imageio.ImageIO

def folder = new File(basedir, 'network')
new File(folder, 'again').mkdirs()
new File(folder, 'colours.onnx').bytes = dev.octet.maven.ColoursModel.bytes(2)
new File(folder, 'again/colours.onnx').bytes = dev.octet.maven.ColoursModel.bytes(3)

// Noise in which one colour prevails. The model takes blue for red: its input is said to be BGR.
def random = new Random(4)
def picture = { int prevailing ->
    def image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB)
    (32 * 32).times { i ->
        int[] pixel = (0..2).collect { c -> random.nextInt(100) + (c == prevailing ? 120 : 0) } as int[]
        image.raster.setPixel(i % 32, i.intdiv(32), pixel)
    }
    image
}
def png = { image ->
    def out = new ByteArrayOutputStream()
    ImageIO.write(image, 'png', out)
    out.toByteArray()
}
new ZipOutputStream(new FileOutputStream(new File(folder, 'train.zip'))).withCloseable { zip ->
    60.times {
        zip.putNextEntry(new ZipEntry("pictures/${it}.png"))
        zip.write(png(picture(it % 3)))
    }
}

// The same kind of pictures as a NumPy array, with wrong classes: each is said to be the next one.
def header = "{'descr': '|u1', 'fortran_order': False, 'shape': (12, 32, 32, 3), }"
header = header + ' ' * (117 - header.length()) + '\n'
new File(folder, 'test.npy').withOutputStream { out ->
    out.write([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length(), 0] as byte[])
    out.write(header.bytes)
    12.times {
        def image = picture(it % 3)
        1024.times { i -> (2..0).each { c -> out.write(image.raster.getSample(i % 32, i.intdiv(32), c)) } }
    }
}
new File(folder, 'wrong.csv').text = 'class\n' + (0..11).collect { "${(it + 1) % 3}\n" }.join()
new File(basedir, 'app/red.png').bytes = png(picture(0))
return true
