using CryoHub.Imaging.Crystals;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Cif;

/// <summary>The operations from the table of Hall symbols against those that the authors of real files list.</summary>
public sealed class SpaceGroupOperationsTests
{
    [Fact]
    public async Task The_operations_of_a_symbol_are_those_that_real_files_list()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var compared = 0;
        foreach (var path in Directory.EnumerateFiles(SharedData.PathOf("cif"), "*.cif"))
        {
            using var file = new FolderFile(path);
            foreach (var signal in await new CryoHub.Formats.Cif.CifReader().OpenAsync(file, TestContext.Current.CancellationToken))
            {
                if (signal.Header.Crystal is not { SpaceGroup: { Length: > 0 } symbol, Operations.Count: > 0 } crystal)
                {
                    continue;
                }

                // A file may choose another origin than the table's first; one of the settings under the symbol must be the one listed.
                var listed = crystal.Operations.Select(text => SymmetryOperation.Parse(text)!).ToList();
                var settings = SpaceGroup.All.Where(group => group.Number == SpaceGroup.Find(symbol)!.Number).Select(group => group.Operations);
                Assert.True(settings.Any(operations => operations.Count == listed.Count && listed.TrueForAll(one => operations.Any(one.IsSame))), $"{path}: {symbol}");
                compared++;
            }
        }

        Assert.True(compared >= 60, $"{compared} files with a symbol and operations");
    }
}
