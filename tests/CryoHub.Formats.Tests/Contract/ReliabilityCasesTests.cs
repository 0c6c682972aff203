using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Contract;

/// <summary>
/// Cases P04 to P11 that belong to no single reader. P01 is in MrcRefusalTests, P02 in TiffRefusalTests, P03 in EmdRefusalTests and Hdf5TypeTests, P09 in the layout tests
/// of each format, P10 in HostileFilesTests, formulas (P11) in CsvTableTests.
/// </summary>
public sealed class ReliabilityCasesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cryohub-cases-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>P04: whatever ending an XML file has, its entities are not resolved.</summary>
    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;&l;&l;&l;&l;&l;\"><!ENTITY n \"&m;&m;&m;&m;&m;&m;&m;&m;\">]><a>&n;</a>")]
    public async Task Entities_are_refused_under_every_ending(string xml)
    {
        foreach (var extension in FormatCatalog.Readers.SelectMany(reader => reader.Format.Extensions).Distinct())
        {
            Assert.Equal(Outcome.Refused, await Hostile.TryAsync(new MemoryFile($"a{extension}", Encoding.UTF8.GetBytes(xml)), $"XML named a{extension}"));
        }
    }

    /// <summary>P05: names in an archive are never paths, two members of one name and an archive that unpacks to far more than its size come to nothing.</summary>
    [Theory]
    [InlineData(".ndax")]
    [InlineData(".zspy")]
    [InlineData(".zip")]
    [InlineData(".npz")]
    public async Task An_archive_of_path_tricks_and_bombs_is_refused_and_writes_nothing(string extension)
    {
        var zeros = new byte[256 << 20];
        var archive = Archive(("../out.txt", [1]), ("/tmp/out.txt", [2]), ("twice", [3]), ("twice", [4]), ("VersionInfo.xml", zeros), ("data.ndc", zeros), (".zgroup", zeros), ("a.npy", zeros));
        await File.WriteAllBytesAsync(Path.Combine(folder, $"a{extension}"), archive, Ct);
        using (var file = new FolderFile(Path.Combine(folder, $"a{extension}")))
        {
            Assert.Equal(Outcome.Refused, await Hostile.TryAsync(file, extension));
        }

        Assert.Equal([$"a{extension}"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }

    /// <summary>P10, found by damaging files: a zlib stream that asks for a dictionary (RFC 1950, 2.2: FDICT) makes the runtime throw what is no InvalidDataException.</summary>
    [Fact]
    public async Task A_packed_part_that_asks_for_a_dictionary_is_refused()
    {
        byte[] packed = [0x78, 0x20, 1, 2, 3, 4, 5, 6];
        var head = new byte[128];
        head.AsSpan().Fill((byte)' ');
        "MATLAB 5.0 MAT-file"u8.CopyTo(head);
        byte[] matlab = [.. head[..124], 0, 1, (byte)'I', (byte)'M', 15, 0, 0, 0, (byte)packed.Length, 0, 0, 0, .. packed];
        Assert.Equal(Outcome.Refused, await Hostile.TryAsync(new MemoryFile("a.mat", matlab), "MATLAB"));
    }

    /// <summary>P06: a sibling is a plain file of the same folder, by its name alone.</summary>
    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("inner/secret.txt")]
    [InlineData("inner\\..\\..\\secret.txt")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("link.txt")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    public async Task A_sibling_is_never_a_path(string name)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, "own"));
        Directory.CreateDirectory(Path.Combine(own.FullName, "inner"));
        await File.WriteAllTextAsync(Path.Combine(folder, "secret.txt"), "secret", Ct);
        await File.WriteAllTextAsync(Path.Combine(own.FullName, "inner", "secret.txt"), "secret", Ct);
        await File.WriteAllTextAsync(Path.Combine(own.FullName, "mine.txt"), "mine", Ct);
        File.CreateSymbolicLink(Path.Combine(own.FullName, "link.txt"), Path.Combine(folder, "secret.txt"));
        using var file = new FolderFile(Path.Combine(own.FullName, "mine.txt"));
        Assert.NotNull(file.Sibling("mine.txt"));
        Assert.Null(file.Sibling(name));
    }

    /// <summary>P06: the header of a raw file names the file with its pixels; a path there leads nowhere.</summary>
    [Theory]
    [InlineData("detached.nhdr", "NRRD0004\ntype: uint8\ndimension: 1\nsizes: 6\nencoding: raw\ndata file: ../secret.txt\n\n")]
    [InlineData("detached.nhdr", "NRRD0004\ntype: uint8\ndimension: 1\nsizes: 6\nencoding: raw\ndata file: /etc/passwd\n\n")]
    public async Task A_header_that_names_a_path_outside_is_refused(string name, string text)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, "own"));
        await File.WriteAllTextAsync(Path.Combine(folder, "secret.txt"), "secret", Ct);
        await File.WriteAllTextAsync(Path.Combine(own.FullName, name), text, Ct);
        using var file = new FolderFile(Path.Combine(own.FullName, name));
        Assert.Equal(Outcome.Refused, await Hostile.TryAsync(file, text));
    }

    /// <summary>P07: what a file is decides its bytes, not its ending: a page named as a picture is no picture.</summary>
    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.bmp")]
    [InlineData("a.tif")]
    public async Task A_page_that_is_named_as_a_picture_is_no_picture(string name) =>
        Assert.Equal(Outcome.Refused, await Hostile.TryAsync(new MemoryFile(name, "<html><script>alert(1)</script></html>"u8.ToArray()), name));

    /// <summary>P11: 10 MB of metadata, control and direction characters, escape codes: kept as text under its own name, within the memory that is allowed.</summary>
    [Theory]
    [InlineData("big.cif", "data_x\n_a\n;", "\n;\n_b \"${jndi:ldap://x}\u001B[31m\u202E\"\n")]
    [InlineData("big.star", "data_x\n_a \"", "\"\n_b \"\u001B[31m\u202E\"\n")]
    [InlineData("big.mdoc", "Title = ", "\n[ZValue = 0]\nName = \u001B[31m\u202E\n")]
    [InlineData("big.txt", "Title = ", "\nName = \u202E${jndi:ldap://x}\n")]
    [InlineData("big.xml", "<a><b>", "</b><c>${jndi:ldap://x}</c></a>")]
    [InlineData("big.json", "{\"a\":\"", "\",\"b\":\"\\u001B[31m\"}")]
    public async Task Ten_megabytes_of_metadata_are_read_within_bounds(string name, string before, string after)
    {
        var bytes = Encoding.UTF8.GetBytes($"{before}{new string('x', 10 << 20)}{after}");
        var allowed = (64L << 20) + (2 * bytes.Length);
        var used = GC.GetAllocatedBytesForCurrentThread();
        var file = new MemoryFile(name, bytes);
        var signals = await (await FormatCatalog.DetectAsync(file, Ct)).OpenAsync(file, Ct);
        Assert.NotEmpty(signals);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - used, 0, allowed);
    }

    /// <summary>P08: no number, infinities and denormals in text are what they are.</summary>
    [Fact]
    public async Task Special_numbers_in_a_table_stay_what_they_are()
    {
        var file = new MemoryFile("a.csv", "a,b\nNaN,1\nInfinity,5e-324\n-Infinity,1.7976931348623157E+308\n"u8.ToArray());
        var signal = (await (await FormatCatalog.DetectAsync(file, Ct)).OpenAsync(file, Ct))[0];
        var pixels = new byte[signal.Header.FrameBytes];
        await signal.ReadFrameAsync(0, pixels, Ct);
        double[] numbers = [.. Enumerable.Range(0, 6).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(pixels.AsSpan(8 * i)))];
        Assert.Equal([double.NaN, 1, double.PositiveInfinity, double.Epsilon, double.NegativeInfinity, double.MaxValue], numbers);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static byte[] Archive(params (string Name, byte[] Content)[] members)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var member = archive.CreateEntry(name).Open();
                member.Write(content);
            }
        }

        return stream.ToArray();
    }
}
