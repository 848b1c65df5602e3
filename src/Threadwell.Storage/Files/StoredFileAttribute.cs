namespace Threadwell.Storage.Files;

/// <summary>Marks a hash of an entity that names a file of <see cref="FileStore"/>: the file must be there.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StoredFileAttribute : Attribute;
