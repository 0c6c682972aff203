using System.Text.RegularExpressions;
using System.Xml.Linq;
using CryoHub.TestKit;

namespace CryoHub.Web.Tests;

/// <summary>What must never depend on what, read from the project files and sources themselves.</summary>
public sealed partial class DependencyRulesTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["CryoHub.Numerics"] = [],
        ["CryoHub.Imaging"] = ["CryoHub.Numerics"],
        ["CryoHub.Formats"] = ["CryoHub.Imaging"],
        ["CryoHub.Analyses"] = ["CryoHub.Imaging", "CryoHub.Numerics"],
        ["CryoHub.Platform"] = ["CryoHub.Imaging"],
        ["CryoHub.Worker"] = ["CryoHub.Platform", "CryoHub.Formats", "CryoHub.Analyses"],
        ["CryoHub.Web"] = ["CryoHub.Platform", "CryoHub.Formats", "CryoHub.Analyses"],
        ["CryoHub.Local"] = ["CryoHub.Web", "CryoHub.Worker", "CryoHub.Migrations"],
        ["CryoHub.Cli"] = ["CryoHub.Formats", "CryoHub.Analyses"],
        ["CryoHub.Migrations"] = ["CryoHub.Platform"],
    };

    public static TheoryData<string> Projects { get; } = [.. Directory.EnumerateFiles(Path.Combine(SharedData.Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .Append(Path.Combine(SharedData.Root, "migrations", "CryoHub.Migrations.csproj"))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_house_allows(string project)
    {
        var references = XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
        Assert.Empty(references.Except(Allowed[Path.GetFileNameWithoutExtension(project)]));
    }

    [Theory]
    [InlineData("CryoHub.Numerics")]
    [InlineData("CryoHub.Imaging")]
    [InlineData("CryoHub.Formats")]
    [InlineData("CryoHub.Analyses")]
    public void The_libraries_know_no_host(string project)
    {
        Assert.DoesNotContain(Sources(project), file => HostWords().IsMatch(File.ReadAllText(file)));
    }

    [Fact]
    public void Pages_and_endpoints_ask_use_cases_never_the_database_the_store_or_the_bus()
    {
        var features = Path.Combine(SharedData.Root, "src", "CryoHub.Web", "Features");
        var faces = Directory.EnumerateFiles(features, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".razor.cs", StringComparison.Ordinal) || file.EndsWith("Api.cs", StringComparison.Ordinal));
        Assert.DoesNotContain(faces, file => BackDoors().IsMatch(File.ReadAllText(file)));
    }

    [Fact]
    public void Only_migrations_know_EF_Design()
    {
        var projects = Directory.EnumerateFiles(SharedData.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(file => XDocument.Load(file).Descendants("PackageReference").Any(p => p.Attribute("Include")?.Value == "Microsoft.EntityFrameworkCore.Design"));
        Assert.Equal(["CryoHub.Migrations"], projects.Select(Path.GetFileNameWithoutExtension));
    }

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Path.Combine(SharedData.Root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"\b(Microsoft\.EntityFrameworkCore|Microsoft\.AspNetCore|Microsoft\.Extensions|Amazon\.|MassTransit|ILogger|IServiceProvider)\b")]
    private static partial Regex HostWords();

    [GeneratedRegex(@"\b(CryoHubDb|IDbContextFactory|IObjectStore|IBus)\b")]
    private static partial Regex BackDoors();
}
