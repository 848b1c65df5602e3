namespace Threadwell.Reports.Charts;

/// <summary>The words of a registry's chart, in the language of its page.</summary>
/// <param name="Name">Name among the charts of a page: letters alone.</param>
/// <param name="Title">What it shows, in short.</param>
/// <param name="Description">What it shows, in words, for who does not see it.</param>
/// <param name="Up">Name of the axis up.</param>
/// <param name="Across">Name of the axis across.</param>
public sealed record RegistryChartWords(string Name, string Title, string Description, string Up, string Across);
