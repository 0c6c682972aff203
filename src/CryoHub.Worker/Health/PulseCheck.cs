using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CryoHub.Worker.Health;

/// <summary><c>CryoHub.Worker.dll health</c>: whether the worker of the same settings has reached its database lately.</summary>
internal static class PulseCheck
{
    /// <summary>So many beats may be missed.</summary>
    private const int Missed = 4;

    public static int Run(IConfiguration configuration, TimeProvider clock)
    {
        var options = configuration.GetSection(PulseOptions.Section).Get<PulseOptions>() ?? new PulseOptions();
        if (!File.Exists(options.File) || !DateTimeOffset.TryParse(File.ReadAllText(options.File).Trim(), CultureInfo.InvariantCulture, out var last))
        {
            Console.Error.WriteLine($"There is no pulse in {options.File}.");
            return 1;
        }

        var age = clock.GetUtcNow() - last;
        Console.WriteLine($"The database answered {age.TotalSeconds:F0} s ago.");
        return age < options.Every * Missed ? 0 : 1;
    }
}
