using System.Diagnostics;

namespace CryoHub.TestKit;

/// <summary>A real service from <c>infra/services</c>, started once and left running for the next test project; <c>infra/services/stop.sh</c> ends them.</summary>
public static class TestService
{
    public const string RabbitMq = "rabbitmq";
    public const string S3 = "s3";

    public static Task StartAsync(string name) => CallAsync(name, "start");

    /// <summary>A broker that a test has to itself, to stop it and start it again.</summary>
    public static Task StartBrokerAsync(int port) => CallAsync(RabbitMq, "start", $"{port}");

    public static Task StopBrokerAsync(int port) => CallAsync(RabbitMq, "stop", $"{port}");

    private static async Task CallAsync(string name, params string[] arguments)
    {
        var script = Path.Combine(SharedData.Root, "infra", "services", name + ".sh");
        using var process = Process.Start(new ProcessStartInfo(script, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{script} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error}");
        }
    }
}
