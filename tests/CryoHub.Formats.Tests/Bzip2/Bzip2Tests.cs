using CryoHub.Formats.Bzip2;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Bzip2;

public sealed class Bzip2Tests
{
    /// <summary>16 MiB of zeros, packed by Python's bz2.</summary>
    private static readonly byte[] Zeros = Convert.FromHexString("425a683931415926535952853e25008080c000c000000820003080291a0100d20100e2ee48a70a120a50a7c4a0");

    [Fact]
    public async Task A_bomb_is_refused_before_it_takes_the_memory_it_unpacks_to()
    {
        var bomb = Enumerable.Repeat(Zeros, 100).SelectMany(stream => stream).ToArray();   // 1.6 GiB
        var before = GC.GetAllocatedBytesForCurrentThread();

        var problem = await Assert.ThrowsAsync<ProblemException>(() => new Bzip2Reader().OpenAsync(new MemoryFile("x.mrc.bz2", bomb), TestContext.Current.CancellationToken));

        Assert.Contains("the limit for a packed file of its size", problem.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64L << 20);
    }
}
