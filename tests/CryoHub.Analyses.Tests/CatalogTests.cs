using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Tests;

public sealed class CatalogTests
{
    [Fact]
    public void Every_analysis_is_in_the_catalogue_once()
    {
        var types = typeof(AnalysisCatalog).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IAnalysis)));

        Assert.Equal(types.Order(TypeNames), AnalysisCatalog.Analyses.Select(analysis => analysis.GetType()).Order(TypeNames));
    }

    [Fact]
    public void Every_analysis_describes_itself_and_all_its_parameters()
    {
        foreach (var info in AnalysisCatalog.Analyses.Select(analysis => analysis.Info))
        {
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", info.Key);
            Assert.NotEmpty(info.Literature);
            Assert.True(info.Formula.Count > 0 && info.Limits.Count > 0, $"{info.Key}: says neither how it computes nor where that ends");
            foreach (var (name, schema) in ParameterSchema.Of(info.Parameters)["properties"]!.AsObject())
            {
                Assert.False(string.IsNullOrWhiteSpace((string?)schema!["description"]), $"{info.Key}: {name} has no description");
            }
        }
    }

    private static readonly Comparer<Type> TypeNames = Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.FullName, b.FullName));
}
