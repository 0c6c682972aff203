namespace CryoHub.Platform;

/// <summary>What became of an edit: done; absent (or not yours to see); forbidden (yours to see, not to change); conflict (somebody else was faster).</summary>
public enum Change { Done, Absent, Forbidden, Conflict }
