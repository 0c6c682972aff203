using System.Diagnostics;

namespace CryoHub.TestKit;

/// <summary>The one real PostgreSQL of this machine's tests: given by <c>CRYOHUB_TEST_POSTGRES</c>, or started by infra/services/postgres.sh.</summary>
internal static class PostgresServer
{
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    /// <summary>Connection string of the owner's role to the database <c>postgres</c>.</summary>
    public static Task<string> OwnerAsync() => Started.Value;

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("CRYOHUB_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return given;
        }

        var start = new ProcessStartInfo(Path.Combine(SharedData.Root, "infra", "services", "postgres.sh"), ["start"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var script = Process.Start(start)!;
        var errors = script.StandardError.ReadToEndAsync();
        var connectionString = (await script.StandardOutput.ReadToEndAsync()).Trim();
        await script.WaitForExitAsync();
        return script.ExitCode == 0 ? connectionString : throw new InvalidOperationException($"PostgreSQL did not start: {await errors}");
    }
}
