namespace Threadwell.Web.Registry;

/// <summary>Bands of age: a registry tells no year of birth.</summary>
internal static class AgeBands
{
    private const int Youngest = 30;
    private const int Oldest = 70;
    private const int Width = 10;

    /// <summary>The bands in order ("under30", "30-39", …, "from70").</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enumerable.Range(0, ((Oldest - Youngest) / Width) + 2).Select(index => Of(Youngest - Width + (Width * index)))];

    /// <summary>The band of an age in whole years.</summary>
    public static string Of(int years) => years switch
    {
        < Youngest => $"under{Youngest}",
        >= Oldest => $"from{Oldest}",
        _ => $"{years / Width * Width}-{(years / Width * Width) + Width - 1}",
    };
}
