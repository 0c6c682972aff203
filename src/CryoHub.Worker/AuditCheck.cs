using CryoHub.Platform;
using CryoHub.Platform.Audit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Worker;

/// <summary><c>CryoHub.Worker.dll verify</c>: checks every chain of the audit log and names each row that is wrong. Ends with 0 where all is whole, 1 where it is not.</summary>
internal static class AuditCheck
{
    public static async Task<int> RunAsync(IConfiguration configuration, TextWriter said, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddLogging().AddPlatform(configuration).AddJobsAndUploads(configuration).BuildServiceProvider();
        var isWhole = true;
        await foreach (var verdict in services.GetRequiredService<AuditVerification>().AllAsync(ct))
        {
            isWhole &= verdict.IsWhole;
            var name = verdict.Chain == Guid.Empty ? "accounts and site" : $"lab {verdict.Chain}";
            var vouched = verdict.SignedAt is { } at ? $"signed up to row {verdict.SignedUpTo} on {at:u}" : "never signed";
            await said.WriteLineAsync($"{(verdict.IsWhole ? "whole" : "WRONG")}  {name}: {verdict.Entries} rows, {vouched}, {verdict.Faults} faults");
            foreach (var finding in verdict.Findings)
            {
                await said.WriteLineAsync($"       {finding.Fault}: {finding.Words}");
            }
        }

        return isWhole ? 0 : 1;
    }
}
