using CryoHub.Platform;
using CryoHub.Platform.Spectra;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Spectra;

internal static class SpectraApi
{
    public static void MapSpectra(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/spectra", ListAsync).WithTags("Spectra").RequireAuthorization();

        var reference = routes.MapGroup("/api/datasets/{id:guid}/signals/{index:int}/reference").WithTags("Spectra").RequireAuthorization();
        reference.MapPut("", PutAsync);
        reference.MapDelete("", RemoveAsync);
    }

    private static async Task<Ok<Page<ReferenceRow>>> ListAsync(Guid? labId, [AsParameters] PageQuery page, CurrentUser user, SpectrumLibrary library, CancellationToken ct) =>
        TypedResults.Ok(await library.ListAsync(user.Id, labId, page, ct));

    private static Task<ChangeResult> PutAsync(Guid id, int index, ReferenceText body, CurrentUser user, SpectrumLibrary library, CancellationToken ct) =>
        library.PutAsync(user.Id, id, index, body, ct).ToAnswer();

    private static Task<ChangeResult> RemoveAsync(Guid id, int index, CurrentUser user, SpectrumLibrary library, CancellationToken ct) =>
        library.RemoveAsync(user.Id, id, index, ct).ToAnswer();
}
