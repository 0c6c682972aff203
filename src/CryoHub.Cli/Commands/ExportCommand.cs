using System.CommandLine;

namespace CryoHub.Cli.Commands;

/// <summary><c>cryohub export</c>: a project as a Research Object Crate, one zip archive with files, records and provenance.</summary>
public static class ExportCommand
{
    public static Command Create()
    {
        var project = new Argument<string>("PROJECT") { Description = "Id or name." };
        var output = new Option<string>("-o") { Required = true, Description = "A new zip file." };
        var recordsOnly = new Option<bool>("--records-only") { Description = "Without originals and files of results." };
        var command = new Command("export", "A project as RO-Crate: files, records and provenance.") { project, output, recordsOnly };
        command.SetServerAction(async (parsed, client, ct) =>
        {
            var path = parsed.GetRequiredValue(output);
            if (File.Exists(path))
            {
                throw new UsageException($"{path} exists; give the name of a new file.");
            }

            var id = await client.ProjectIdAsync(parsed.GetRequiredValue(project), ct);
            await client.SaveAsync($"api/projects/{id}/crate?files={(parsed.GetValue(recordsOnly) ? "false" : "true")}", path, ct);
            Console.WriteLine(path);
            return ExitCode.Done;
        });
        return command;
    }
}
