using CryoHub.Analyses.Phantoms;
using CryoHub.Formats.Mrc;
using CryoHub.Platform;
using CryoHub.Platform.Access;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Users;
using Microsoft.AspNetCore.Identity;

namespace CryoHub.Local.Demo;

/// <summary>Another lab with a person of its own, so that sharing can be seen in both directions. The account has no password: nobody can sign in with it.</summary>
public sealed class DemoNeighbour(UserManager<User> users, UserDirectory directory, LabDirectory labs, ProjectDirectory projects, ProjectShares shares, DatasetCatalog datasets, DemoUpload upload)
{
    private const string Mail = "neighbour@cryohub.local";
    private const string LabName = "Neighbour lab";
    private const string ProjectName = "Sodium lattices of the neighbour lab";
    private const string FileName = "Sodium lattice.mrc";

    /// <summary>Shows the neighbour's project to the demo lab, and the demo project to the neighbour's lab.</summary>
    public async Task EnsureAsync(Uri site, Guid me, Guid demoLab, Guid demoProject, CancellationToken ct)
    {
        var them = (await users.FindByEmailAsync(Mail) ?? await directory.CreateAsync(Mail, "Robin Neighbour", null)).Id;
        if ((await labs.ListAsync(them, PageRequest.First, ct)).Items.FirstOrDefault(row => row.Name == LabName)?.Id is not { } lab)
        {
            lab = await labs.CreateAsync(them, LabName, ct);
            await shares.ShareAsync(me, demoProject, lab, ProjectRole.Annotator, ct);   // once: who withdraws it means it
        }

        var project = (await projects.ListAsync(them, lab, PageRequest.First, ct)).Items.FirstOrDefault(row => row.Name == ProjectName)?.Id
            ?? (await projects.CreateAsync(them, lab, ProjectName, "Shared with the demo lab to look at.", ct))!.Value;
        if ((await datasets.ListAsync(them, new DatasetFilter { ProjectId = project }, PageRequest.First, ct)).Items.All(row => row.Name != FileName))
        {
            var file = DemoFile.Of(FileName, "", () => new LatticeImage(2).Image(), new MrcWriter().WriteAsync);
            await upload.SendAsync(site, them, project, null, file, ct);
        }

        await shares.ShareAsync(them, project, demoLab, ProjectRole.Viewer, ct);
    }
}
