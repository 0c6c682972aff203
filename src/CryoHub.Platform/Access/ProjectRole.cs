namespace CryoHub.Platform.Access;

/// <summary>What a person may do in a project, weakest first; the order is the permission.</summary>
public enum ProjectRole { Viewer = 1, Annotator = 2, Editor = 3, Manager = 4, Owner = 5 }
