using System.Diagnostics;

namespace CryoHub.EndToEnd.Processes;

/// <summary>How a program is started: our own assemblies through <c>dotnet</c>, everything through pipes.</summary>
internal static class ProgramStart
{
    public static ProcessStartInfo Of(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var isAssembly = program.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isAssembly ? "dotnet" : program, isAssembly ? [program, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "",
        };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";   // its pipes would outlive a process that is killed
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
