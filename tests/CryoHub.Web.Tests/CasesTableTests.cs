using System.Text.RegularExpressions;
using CryoHub.TestKit;

namespace CryoHub.Web.Tests;

/// <summary>The table of cases in tests/README.md names tests that exist, and forgets no case that a test is named after.</summary>
public sealed partial class CasesTableTests
{
    private static readonly string Table = File.ReadAllText(Path.Combine(SharedData.Root, "tests", "README.md"));

    [Fact]
    public void Every_test_of_the_table_exists()
    {
        var methods = Sources().SelectMany(file => Methods().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var files = Directory.EnumerateFiles(Path.Combine(SharedData.Root, "src", "CryoHub.Web"), "*.test.ts", SearchOption.AllDirectories).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        var named = Named().Matches(Table).Select(match => match.Groups[1].Value).ToList();
        Assert.True(named.Count > 80, $"Only {named.Count} tests were found in the table.");
        Assert.Equal([], named.Where(name => !methods.Contains(name) && !files.Contains(name)));
    }

    [Fact]
    public void Every_test_that_is_named_after_a_case_is_in_the_table()
    {
        var afterCases = Sources().SelectMany(file => Methods().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Where(name => Case().IsMatch(name));
        Assert.Equal([], afterCases.Where(name => !Table.Contains($"`{name}`", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Sources() => Directory.EnumerateDirectories(Path.Combine(SharedData.Root, "tests"))
        .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex Methods();

    [GeneratedRegex(@"`(\w+_\w+|[\w-]+\.test\.ts)`")]
    private static partial Regex Named();

    [GeneratedRegex("^[UPAWJVO][0-9]{2}_")]
    private static partial Regex Case();
}
