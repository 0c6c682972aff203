using System.Buffers.Binary;
using System.Text;
using CryoHub.Formats.Tests.Contract;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Arbin;

public sealed class ResRefusalTests
{
    /// <summary>On every data page the second row is left with two bytes: too few for a row, as a damaged offset makes it.</summary>
    [Fact]
    public async Task Rows_of_two_bytes_are_left_out()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var bytes = await File.ReadAllBytesAsync(SharedData.PathOf("arbin/arbin_example.res"), TestContext.Current.CancellationToken);
        for (var page = 0; page + 4096 <= bytes.Length; page += 4096)
        {
            if (bytes[page] == 1 && BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(page + 12)) > 1)
            {
                var first = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(page + 14)) & 0x1FFF;
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(page + 16), (ushort)(first - 2));
            }
        }

        await Hostile.TryAsync(new MemoryFile("x.res", bytes), "rows of two bytes");
    }

    [Fact]
    public async Task Jet_3_is_refused_by_its_version()
    {
        var page = new byte[4096];
        Encoding.ASCII.GetBytes("Standard Jet DB").CopyTo(page, 4);
        var file = new MemoryFile("x.res", page);
        var reader = await FormatCatalog.DetectAsync(file, TestContext.Current.CancellationToken);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => reader.OpenAsync(file, TestContext.Current.CancellationToken));
        Assert.Contains("version byte 0", problem.Message, StringComparison.Ordinal);
    }
}
