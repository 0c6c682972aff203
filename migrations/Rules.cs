using CryoHub.Platform;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CryoHub.Migrations;

/// <summary>What tables alone cannot say: the view of who may see what, the audit triggers, the application's role. Plain SQL, in Sql/.</summary>
[DbContext(typeof(CryoHubDb))]
[Migration("00000000000002_Rules")]
internal sealed class Rules : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var assembly = typeof(Rules).Assembly;
        foreach (var file in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
            migrationBuilder.Sql(reader.ReadToEnd());
        }
    }
}
