namespace CryoHub.Web;

/// <summary><c>CryoHub.Web.dll health</c>: asks the host of the same settings whether it is ready, for containers without curl.</summary>
public static class HealthProbe
{
    public static async Task<int> RunAsync(IConfiguration configuration, CancellationToken ct)
    {
        var address = (configuration["URLS"] ?? "http://localhost:5000").Split(';')[0].Replace("+", "localhost", StringComparison.Ordinal).Replace("*", "localhost", StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(8) };
        try
        {
            using var answer = await http.GetAsync("/healthz/ready", ct);
            await Console.Out.WriteLineAsync(await answer.Content.ReadAsStringAsync(ct));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {silent.Message}");
            return 1;
        }
    }
}
