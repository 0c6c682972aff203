using System.Buffers.Binary;
using System.Text;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Hdf5;

/// <summary>Damage that libhdf5 1.10 itself does not survive.</summary>
public sealed class Hdf5DamageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The library follows this list for ever, taking memory at each step.</summary>
    [Fact]
    public async Task Free_blocks_of_a_heap_that_run_in_a_circle_are_refused()
    {
        var bytes = await BytesAsync("links.h5");
        for (var heap = 0; bytes.AsSpan(heap + 1).IndexOf("HEAP"u8) is >= 0 and var next;)
        {
            heap += 1 + next;
            var names = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(heap + 24));
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(heap + 16), 8);        // the first free block ...
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(names + 8), 8);        // ... comes after itself
        }

        var problem = await Assert.ThrowsAsync<ProblemException>(() => new Hdf5Reader().OpenAsync(new MemoryFile("x.h5", bytes), Ct));
        Assert.Contains("run in a circle", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>The library copies values of one block past the end of its buffer. Version 3 of the layout message: 0: 3, 1: class 1, 2: address, 10: bytes; float64 is the only one of 48 bytes.</summary>
    [Fact]
    public async Task A_dataset_that_is_longer_than_its_block_is_left_out()
    {
        var bytes = await BytesAsync("user-block.mat");
        var at = Enumerable.Range(0, bytes.Length - 18).Single(i => bytes[i] == 3 && bytes[i + 1] == 1 && BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(i + 10)) == 48);
        bytes[at + 10] = 8;
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new Hdf5Reader().OpenAsync(new MemoryFile("x.mat", bytes), Ct));
        Assert.Contains("/m promises 48 bytes; 8 are set aside for it", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>The library copies as much as type and extent promise. In version 1 of an attribute's message the name, filled up to a multiple of 8, is followed by its type: 4: size of a value.</summary>
    [Theory]
    [InlineData("arina.h5", "High Tension", 8, "a value of 200 bytes in a message that has 8 left")]
    [InlineData("nexus-old.h5", "NX_class", 7, "a value of 200 bytes in a message that has 8 left")]
    public async Task An_attribute_that_promises_more_than_its_message_holds_is_refused(string file, string attribute, int size, string reason)
    {
        var bytes = await BytesAsync(file);
        var name = Encoding.ASCII.GetBytes(attribute + "\0");
        var type = bytes.AsSpan().IndexOf(name) + ((name.Length + 7) & ~7);
        Assert.Equal(size, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(type + 4)));
        bytes[type + 4] = 200;
        Assert.Contains(reason, (await RefusedAsync(file, bytes)).Message, StringComparison.Ordinal);
    }

    /// <summary>0: class and version of a type; a text of variable length (class 9) holds another type, 8 bytes farther on.</summary>
    [Fact]
    public async Task A_type_of_an_attribute_that_nests_without_end_or_is_of_no_class_is_refused()
    {
        var bytes = await BytesAsync("nexus-old.h5");
        var type = bytes.AsSpan().IndexOf("NX_class\0"u8) + 16;
        bytes[type] = 0x1F;
        Assert.Contains("a type of class 15", (await RefusedAsync("nexus-old.h5", bytes)).Message, StringComparison.Ordinal);
        bytes[type] = 0x19;
        Assert.Contains("a type that ends", (await RefusedAsync("nexus-old.h5", bytes)).Message, StringComparison.Ordinal);
    }

    private static Task<ProblemException> RefusedAsync(string name, byte[] bytes) => Assert.ThrowsAsync<ProblemException>(() => new Hdf5Reader().OpenAsync(new MemoryFile(name, bytes), Ct));

    private static Task<byte[]> BytesAsync(string name) => File.ReadAllBytesAsync(Hdf5Files.PathOf(name), Ct);
}
