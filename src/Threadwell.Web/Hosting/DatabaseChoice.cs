using Threadwell.Storage;
using Threadwell.Storage.PostgreSql;
using Threadwell.Storage.Sqlite;

namespace Threadwell.Web.Hosting;

/// <summary>Which database keeps the record: the one that a setting names, otherwise a file in the data folder.</summary>
public static class DatabaseChoice
{
    /// <summary>The option.</summary>
    public const string Option = "--database";

    /// <summary>The environment variable that holds where the option is left out; unlike an option it is not seen in a list of processes.</summary>
    public const string Variable = "THREADWELL_DATABASE";

    /// <summary>Reads the choice; opens nothing.</summary>
    /// <param name="option">Connection string of a PostgreSQL database, from the command line; null where none was given.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <exception cref="Geometry.InvalidInputException">The connection string cannot be used.</exception>
    public static ClinicDatabase Of(string? option, string dataFolder)
    {
        string? variable = Environment.GetEnvironmentVariable(Variable);
        return option is not null ? PostgreSqlDatabase.Read(option, Option)
            : !string.IsNullOrEmpty(variable) ? PostgreSqlDatabase.Read(variable, Variable)
            : new SqliteDatabase(new DataFolder(dataFolder).Database);
    }
}
