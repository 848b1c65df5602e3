namespace Threadwell.Storage.Sealing;

/// <summary>
/// Marks a text of an entity that is kept sealed in the database: encrypted and authenticated. Nobody can search or order by it there, so what is
/// searched (name, birth date, lot) stays plain. A null stays null.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SealedAttribute : Attribute;
