// Package recovery: `rpk cluster storage recovery start` calls an Admin API client of its own time; this build has a
// newer one, so the command is left out.
package recovery

import (
	"github.com/redpanda-data/redpanda/src/go/rpk/pkg/config"
	"github.com/spf13/afero"
	"github.com/spf13/cobra"
)

func newStartCommand(afero.Fs, *config.Params) *cobra.Command {
	return &cobra.Command{Use: "start", Hidden: true}
}
