using System.Text;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Contract;

/// <summary>The same damage as to the samples, to files of which there is no real one, and to those that are read beside another.</summary>
public sealed class HostileMadeFilesTests
{
    private const string Ripple = "key\tvalue\nwidth\t4\nheight\t3\ndepth\t2\noffset\t0\ndata-length\t2\ndata-type\tsigned\nbyte-order\tbig-endian\nrecord-by\tvector\nev-per-chan\t10\n";

    private const string Detached = "NRRD0004\ntype: short\ndimension: 3\nsizes: 4 3 2\nencoding: raw\nendian: big\nspace directions: (1,0,0) (0,1,0) (0,0,2)\ndata file: LIST\nn.raw\n";

    private const string Empad = """<root><raw_file filename="s.raw"/><pix_x>1</pix_x><pix_y>1</pix_y><iom_measurements><calibrated_diffraction_angle>0.0004</calibrated_diffraction_angle></iom_measurements></root>""";

    private static readonly byte[] Movie = TestEer.File(16, 12, 65002, [TestEer.Encode([3, 50, 191], 192, 7), TestEer.Encode([], 192, 7)], "<metadata><item name=\"exposureTime\" unit=\"s\">1</item></metadata>", (65007, 7), (65008, 2), (65009, 2));

    public static TheoryData<string> Names => ["x.rpl", "x.nhdr", "x.xml", "x.eer", "x_000.tvips", "x.mib", "x.jpk-force-map", "x.vms"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Cut_or_damaged_they_are_read_or_refused(string name)
    {
        var bytes = Bytes(name);
        Dictionary<string, byte[]> beside = new()
        {
            ["x.raw"] = new byte[48],
            ["n.raw"] = new byte[48],
            ["s.raw"] = new byte[130 * 128 * 4],
            ["x_001.tvips"] = new byte[100],
            ["x.hdr"] = "HDR,\t\nScanX:\t2\nScanY:\t2\nCounter Depth (number):\t6\nEnd\t\n"u8.ToArray(),
        };
        Assert.Equal(Outcome.Read, await Hostile.TryAsync(new MemoryFile(name, bytes, beside), name));
        for (var cut = 0; cut < Math.Min(1024, bytes.Length); cut++)
        {
            await Hostile.TryAsync(new MemoryFile(name, bytes.AsMemory(0, cut), beside), $"{name} cut at {cut}");
        }

        var random = new Random(13);
        for (var round = 0; round < 1000; round++)
        {
            var damaged = bytes.ToArray();
            for (var places = random.Next(1, 6); places > 0; places--)
            {
                var at = random.Next(Math.Min(1024, damaged.Length));
                damaged[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)'9', _ => (byte)(damaged[at] ^ (1 << random.Next(8))) };
            }

            await Hostile.TryAsync(new MemoryFile(name, damaged, beside), $"{name}, round {round}");
        }
    }

    private static byte[] Bytes(string name) => name switch
    {
        "x.rpl" => Encoding.ASCII.GetBytes(Ripple),
        "x.nhdr" => Encoding.ASCII.GetBytes(Detached),
        "x.xml" => Encoding.ASCII.GetBytes(Empad),
        "x.eer" => Movie,
        "x.jpk-force-map" => Jpk.JpkMapTests.Small,
        "x.vms" => SurfaceAnalysis.VamasLayoutTests.LeftOut,
        "x.mib" => [.. Enumerable.Repeat<byte[]>([.. Encoding.ASCII.GetBytes("MQ1,000001,00384,01,0064,0002,R64,   1x1,01,2024-01-02 03:04:05.000000,0.001000,".PadRight(384, '\0')), .. new byte[128]], 4).SelectMany(frame => frame)],
        _ => [0, 1, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 16, 0, 0, 0, .. new byte[12], 1, 0, 0, 0, 1, 0, 0, 0, 200, 0, 0, 0, 80, 0, 0, 0, 60, 0, 0, 0, .. new byte[204], .. new byte[128]],
    };
}
