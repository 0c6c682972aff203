namespace CryoHub.Web.Tests.Access;

/// <summary>Whom the table asks for each route, in the order of its columns.</summary>
public enum Role { Anonymous, Stranger, Viewer, Annotator, Editor, Manager, Owner, Administrator }
