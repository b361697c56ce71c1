package main

import (
	"fmt"
	"slices"

	"github.com/pingcap/kvproto/pkg/eraftpb"
	"github.com/pingcap/kvproto/pkg/metapb"
	"github.com/pingcap/kvproto/pkg/pdpb"
)

// held is a region that the stores have.
type held struct {
	meta   *metapb.Region
	leader *metapb.Peer
}

func (s *stores) newRegion(on []uint64) (*held, error) {
	id, err := s.newID()
	if err != nil {
		return nil, err
	}
	meta := &metapb.Region{Id: id, RegionEpoch: &metapb.RegionEpoch{ConfVer: 1, Version: 1}}
	for _, store := range on {
		peer, err := s.newID()
		if err != nil {
			return nil, err
		}
		meta.Peers = append(meta.Peers, &metapb.Peer{Id: peer, StoreId: store})
	}
	return &held{meta: meta, leader: meta.Peers[0]}, nil
}

// makeRegions splits what there is, with three replicas of each region, spread over the stores.
func (s *stores) makeRegions(count int) error {
	s.Lock()
	var ids []uint64
	for id := range s.all {
		ids = append(ids, id)
	}
	s.Unlock()
	slices.Sort(ids)
	var made []*held
	for i := range count {
		on := []uint64{ids[i%len(ids)], ids[(i+1)%len(ids)], ids[(i+2)%len(ids)]}
		one, err := s.newRegion(on)
		if err != nil {
			return err
		}
		one.meta.RegionEpoch.Version, one.meta.RegionEpoch.ConfVer = 2, 3
		if i > 0 {
			one.meta.StartKey = fmt.Appendf(nil, "t%04d", i)
		}
		if i < count-1 {
			one.meta.EndKey = fmt.Appendf(nil, "t%04d", i+1)
		}
		made = append(made, one)
	}
	s.Lock()
	defer s.Unlock()
	s.regions = made
	for _, one := range made {
		one.report(s)
	}
	return nil
}

func (h *held) peerOn(store uint64) *metapb.Peer {
	for _, peer := range h.meta.Peers {
		if peer.StoreId == store {
			return peer
		}
	}
	return nil
}

// elect gives the region another leader where its store has stopped.
func (h *held) elect(all map[uint64]*store) {
	if all[h.leader.StoreId].cancel != nil {
		return
	}
	for _, peer := range h.meta.Peers {
		if peer.Role == metapb.PeerRole_Voter && all[peer.StoreId].cancel != nil {
			h.leader = peer
			return
		}
	}
}

// report sends the region's heartbeat by its leader.
func (h *held) report(s *stores) {
	stream := s.all[h.leader.StoreId].stream
	if stream == nil {
		return
	}
	_ = stream.Send(&pdpb.RegionHeartbeatRequest{
		Header: s.header(), Region: h.meta, Leader: h.leader, ApproximateSize: 10, ApproximateKeys: 1000, Term: 6,
	})
}

// obey does what PD asks for in answer to heartbeats.
func (s *stores) obey(of *store, stream pdpb.PD_RegionHeartbeatClient) {
	for {
		told, err := stream.Recv()
		if err != nil {
			s.Lock()
			if of.stream == stream {
				of.stream = nil
			}
			s.Unlock()
			return
		}
		s.Lock()
		for _, one := range s.regions {
			if one.meta.Id == told.GetRegionId() {
				one.change(told)
				one.report(s)
			}
		}
		s.Unlock()
	}
}

func (h *held) change(told *pdpb.RegionHeartbeatResponse) {
	if to := told.GetTransferLeader(); to != nil {
		if peer := h.peerOn(to.GetPeer().GetStoreId()); peer != nil && peer.Role == metapb.PeerRole_Voter {
			h.leader = peer
		}
	}
	if change := told.GetChangePeer(); change != nil {
		h.apply(change)
	}
	if several := told.GetChangePeerV2(); several != nil {
		for _, change := range several.GetChanges() {
			h.apply(change)
		}
	}
}

func (h *held) apply(change *pdpb.ChangePeer) {
	peer := change.GetPeer()
	there := h.peerOn(peer.GetStoreId())
	h.meta.RegionEpoch.ConfVer++
	switch change.GetChangeType() {
	case eraftpb.ConfChangeType_RemoveNode:
		h.meta.Peers = slices.DeleteFunc(h.meta.Peers, func(one *metapb.Peer) bool { return one == there })
	case eraftpb.ConfChangeType_AddNode, eraftpb.ConfChangeType_AddLearnerNode:
		role := metapb.PeerRole_Voter
		if change.GetChangeType() == eraftpb.ConfChangeType_AddLearnerNode {
			role = metapb.PeerRole_Learner
		}
		if there == nil {
			h.meta.Peers = append(h.meta.Peers, &metapb.Peer{Id: peer.GetId(), StoreId: peer.GetStoreId(), Role: role})
		} else {
			there.Role = role
		}
	}
}

func (s *stores) shown() []region {
	s.Lock()
	defer s.Unlock()
	var all []region
	for _, one := range s.regions {
		var on []uint64
		for _, peer := range one.meta.Peers {
			on = append(on, peer.StoreId)
		}
		all = append(all, region{Stores: on, Leader: one.leader.StoreId})
	}
	return all
}
