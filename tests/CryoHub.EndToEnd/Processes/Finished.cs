using System.Diagnostics;

namespace CryoHub.EndToEnd.Processes;

/// <summary>A program that ran to its end.</summary>
internal sealed record Finished(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public static async Task<Finished> RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string input = "", string? folder = null)
    {
        using var process = Process.Start(ProgramStart.Of(program, arguments, environment, folder))!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Longest);
        return new Finished(process.ExitCode, await output, await errors);
    }

    /// <summary>The output of a program that must have done its work.</summary>
    public string Require() => ExitCode == 0 ? Output : throw new InvalidOperationException($"It ended with {ExitCode}: {Errors}{Output}");
}
