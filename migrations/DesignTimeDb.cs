using CryoHub.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CryoHub.Migrations;

/// <summary>What <c>dotnet ef</c> asks for; it compares models and connects to nothing.</summary>
internal sealed class DesignTimeDb : IDesignTimeDbContextFactory<CryoHubDb>
{
    public CryoHubDb CreateDbContext(string[] args) => new(MigrationsProgram.Options("Host=none"));
}
