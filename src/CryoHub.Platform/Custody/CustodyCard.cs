using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Custody;

/// <summary>What whoever handles an item needs to know about it, also in a lab that does not see its project.</summary>
/// <param name="Metal">Chemical symbol, or empty.</param>
/// <param name="OwnerLab">The lab whose project it belongs to.</param>
/// <param name="SeesProject">True where the person sees the project itself, not only the item in the hands.</param>
/// <param name="MayHandle">True where the person may move it.</param>
/// <param name="IsMine">True where it is in the person's own hands.</param>
/// <param name="Now">Where it is; <c>null</c> where nobody has recorded it yet, or it is lost.</param>
/// <param name="Way">Newest first.</param>
/// <param name="Gaps">Of it and, from before it was made, of what it was made from.</param>
public sealed record CustodyCard(
    SampleLink Item, string Metal, string OwnerLab, bool SeesProject, bool MayHandle, bool IsMine, CustodyRow? Now, IReadOnlyList<CustodyRow> Way, IReadOnlyList<CustodyGap> Gaps);
