using CryoHub.Imaging;
using CryoHub.Platform.Storage;

namespace CryoHub.Platform.Uploads;

/// <summary>Compares the parts a sender names with those that are stored and those that were planned.</summary>
internal static class PartCheck
{
    public static void Require(Upload upload, IReadOnlyList<PartTag> named, IReadOnlyList<StoredPart> stored)
    {
        var plan = upload.Plan;
        var byNumber = stored.ToDictionary(part => part.Number);
        for (var number = 1; number <= plan.PartCount; number++)
        {
            if (!byNumber.TryGetValue(number, out var part))
            {
                throw new ProblemException(ProblemKind.Conflict, $"Part {number} of {plan.PartCount} of {upload.Path} has not arrived.");
            }

            if (part.Size != plan.SizeOf(number))
            {
                throw new ProblemException(ProblemKind.Conflict, $"Part {number} of {upload.Path} has {part.Size} bytes; {plan.SizeOf(number)} were planned.");
            }
        }

        var numbers = named.Select(part => part.Number).Order().ToList();
        if (!numbers.SequenceEqual(Enumerable.Range(1, plan.PartCount)))
        {
            throw ProblemException.Invalid($"To complete {upload.Path} name each of its parts 1 to {plan.PartCount} once; {numbers.Count} were named.");
        }
    }
}
