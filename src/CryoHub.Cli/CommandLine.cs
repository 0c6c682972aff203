using System.CommandLine;
using CryoHub.Cli.Commands;
using CryoHub.Cli.Server;
using CryoHub.Imaging;

namespace CryoHub.Cli;

/// <summary>The root command and what its exit codes mean; one file a command under <c>Commands/</c>.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("CryoHub at a terminal: inspect, convert and analyse microscope files.");
        Command[] commands =
        [
            FormatsCommand.Create(), InspectCommand.Create(), ConvertCommand.Create(), AnalysesCommand.Create(), RunCommand.Create(), BenchCommand.Create(),
            LoginCommand.Create(), .. ListCommands.Create(), UploadCommand.Create(), DownloadCommand.Create(), SubmitCommand.Create(), JobCommand.Create(), ExportCommand.Create(),
        ];
        foreach (var command in commands)
        {
            root.Subcommands.Add(command);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            return ExitCode.WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UsageException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return ExitCode.WrongUsage;
        }
        catch (ProblemException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return ExitCode.UnusableInput;
        }
        catch (ServerRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return ExitCode.Refused;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(missing.Message);
            return ExitCode.UnusableInput;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled.");
            return ExitCode.Cancelled;
        }
        catch (Exception bug)   // the edge of the process: the user gets a trace id, the trace goes to standard error
        {
            await Console.Error.WriteLineAsync($"A bug, trace id {Guid.CreateVersion7():N}.\n{bug}");
            return ExitCode.Bug;
        }
    }
}
