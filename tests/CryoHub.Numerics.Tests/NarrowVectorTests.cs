using System.Diagnostics;

namespace CryoHub.Numerics.Tests;

/// <summary>Runs all other tests of this project again as on a processor without the widest vectors: the runtime decides that once, at its start.</summary>
public sealed class NarrowVectorTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512F")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Every_kernel_gives_its_results_without(string instructions)
    {
        var program = Path.ChangeExtension(typeof(NarrowVectorTests).Assembly.Location, ".dll");
        var start = new ProcessStartInfo("dotnet", [program, "-class-", typeof(NarrowVectorTests).FullName!]) { RedirectStandardOutput = true, Environment = { [instructions] = "0" } };
        using var tests = Process.Start(start)!;
        var output = await tests.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tests.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(tests.ExitCode == 0, output);
        Assert.DoesNotContain("Total: 0", output, StringComparison.Ordinal);
    }
}
