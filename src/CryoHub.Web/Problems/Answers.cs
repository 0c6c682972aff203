using CryoHub.Platform;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Problems;

/// <summary>From what the platform returns to what HTTP says.</summary>
internal static class Answers
{
    public static async Task<Results<Ok<T>, NotFound>> OrNotFound<T>(this Task<T?> found)
        where T : class =>
        await found is { } record ? TypedResults.Ok(record) : TypedResults.NotFound();

    public static async Task<FoundResult<T>> WithVersion<T>(this Task<T?> found, Func<T, uint> version)
        where T : class
    {
        var record = await found;
        return new FoundResult<T>(record, record is null ? 0 : version(record));
    }

    /// <summary>Reads the record again after an edit, whether it succeeded or not.</summary>
    public static async Task<EditResult<T>> ThenRead<T>(this Task<Change> edit, Func<Task<T?>> read, Func<T, uint> version, object yours)
        where T : class
    {
        var change = await edit;
        var record = change is Change.Done or Change.Conflict ? await read() : null;
        return new EditResult<T>(change, record, record is null ? 0 : version(record), yours);
    }

    public static async Task<ChangeResult> ToAnswer(this Task<Change> change) => await change;

    public static async Task<ChangeResult> ToAnswer(this Task<bool> done) => await done;

    public static async Task<Results<Created<NewId>, NotFound>> CreatedAt(this Task<Guid?> created, string route) =>
        await created is { } id ? TypedResults.Created($"{route}/{id}", new NewId(id)) : TypedResults.NotFound();
}
