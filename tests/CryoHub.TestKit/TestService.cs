using System.Diagnostics;

namespace CryoHub.TestKit;

/// <summary>A real service from <c>infra/services</c>, started once and left running for the next test project; <c>infra/services/stop.sh</c> ends them.</summary>
public static class TestService
{
    public const string RabbitMq = "rabbitmq";
    public const string S3 = "s3";

    public static async Task StartAsync(string name)
    {
        var script = Path.Combine(SharedData.Root, "infra", "services", name + ".sh");
        using var process = Process.Start(new ProcessStartInfo(script, ["start"]) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{script} start ended with {process.ExitCode}: {error}");
        }
    }
}
