package main

import "github.com/Masterminds/semver"

// A Version is what the operator's library reads; its numbers are text, because JavaScript's are too small for some.
type Version struct {
	Refused string `json:"refused,omitempty"`
	Major   int64  `json:"major,string"`
	Minor   int64  `json:"minor,string"`
	Patch   int64  `json:"patch,string"`
}

func judgeVersion(text string) Version {
	version, err := semver.NewVersion(text)
	if err != nil {
		return Version{Refused: err.Error()}
	}
	return Version{Major: version.Major(), Minor: version.Minor(), Patch: version.Patch()}
}
