using CryoHub.Platform;
using CryoHub.Platform.Labs;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Labs;

internal static class LabsApi
{
    public static void MapLabs(this IEndpointRouteBuilder routes)
    {
        var labs = routes.MapGroup("/api/labs").WithTags("Labs").RequireAuthorization();
        labs.MapGet("", ListAsync);
        labs.MapPost("", CreateAsync);
        labs.MapGet("/{id:guid}", FindAsync);
        labs.MapPut("/{id:guid}", RenameAsync);
        labs.MapGet("/{id:guid}/members", MembersAsync);
        labs.MapPut("/{id:guid}/members/{memberId:guid}", SetRoleAsync);
        labs.MapDelete("/{id:guid}/members/{memberId:guid}", RemoveAsync);
        labs.MapGet("/usage", UsageAsync).RequireAuthorization(Schemes.Administrator).NotByToken();
        labs.MapPut("/{id:guid}/quota", SetQuotaAsync).RequireAuthorization(Schemes.Administrator).NotByToken();
    }

    private static async Task<Ok<Page<LabRow>>> ListAsync([AsParameters] PageQuery page, CurrentUser user, LabDirectory labs, CancellationToken ct) =>
        TypedResults.Ok(await labs.ListAsync(user.Id, page, ct));

    private static async Task<Created<NewId>> CreateAsync(NameLab body, CurrentUser user, LabDirectory labs, CancellationToken ct)
    {
        var id = await labs.CreateAsync(user.Id, body.Name, ct);
        return TypedResults.Created($"/api/labs/{id}", new NewId(id));
    }

    private static Task<FoundResult<LabDetails>> FindAsync(Guid id, CurrentUser user, LabDirectory labs, CancellationToken ct) =>
        labs.FindAsync(user.Id, id, ct).WithVersion(lab => lab.Version);

    private static Task<EditResult<LabDetails>> RenameAsync(
        Guid id, NameLab body, IfMatch version, CurrentUser user, LabDirectory labs, CancellationToken ct) =>
        labs.RenameAsync(user.Id, id, body.Name, version.Value, ct).ThenRead(() => labs.FindAsync(user.Id, id, ct), lab => lab.Version, body);

    private static Task<Results<Ok<Page<MemberRow>>, NotFound>> MembersAsync(
        Guid id, [AsParameters] PageQuery page, CurrentUser user, LabDirectory labs, CancellationToken ct) =>
        labs.MembersAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<ChangeResult> SetRoleAsync(Guid id, Guid memberId, SetRole body, CurrentUser user, LabMembers members, CancellationToken ct) =>
        members.SetRoleAsync(user.Id, id, memberId, body.Role, ct).ToAnswer();

    private static Task<ChangeResult> RemoveAsync(Guid id, Guid memberId, CurrentUser user, LabMembers members, CancellationToken ct) =>
        members.RemoveAsync(user.Id, id, memberId, ct).ToAnswer();

    private static async Task<Ok<Page<LabUsage>>> UsageAsync([AsParameters] PageQuery page, CurrentUser user, Quotas quotas, CancellationToken ct) =>
        TypedResults.Ok(await quotas.ListAsync(user.Id, page, ct));

    private static Task<ChangeResult> SetQuotaAsync(Guid id, SetQuota body, CurrentUser user, Quotas quotas, CancellationToken ct) =>
        quotas.SetForLabAsync(user.Id, id, body.Bytes, ct).ToAnswer();
}
